"""The form of a webhook."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.form_fields import WholeNumberField
from core.forms import PlannerForm
from core.merging import MergingMixin
from core.outgoing import AddressRefused, check_address
from notifications.enums import WebhookShape
from notifications.models_webhooks import WebhookEndpoint
from notifications.services_webhooks import shared_kinds

#: What a new webhook is sent unless somebody chooses otherwise, where these types are there.
USUAL = (
    "content_calendar.approval_asked",
    "reminders.post_due",
    "reminders.post_missed",
    "strategies.review_asked",
    "strategies.version_approved",
)


class WebhookForm(MergingMixin, PlannerForm):
    """Where notices are sent, in which shape, and which. ``token`` makes a double press add one."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("So that you know it again, for example “#social in Slack”."),
    )
    shape = forms.ChoiceField(
        label=_("Who receives it"), choices=WebhookShape.choices, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "The address that the receiver gave you. It begins with https:// and is on the public "
            "Internet. Whoever knows it can often write there, so only admins see it."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What is sent"), choices=[], widget=forms.CheckboxSelectMultiple
    )
    revision = WholeNumberField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    merged_by_box = ("kinds",)

    def __init__(self, *args: Any, endpoint: WebhookEndpoint | None = None, **kwargs: Any) -> None:
        if endpoint is not None:
            kwargs["initial"] = {
                "name": endpoint.name,
                "shape": endpoint.shape,
                "address": endpoint.address,
                "kinds": list(endpoint.kinds),
                "revision": endpoint.revision,
            }
        super().__init__(*args, **kwargs)
        self.endpoint = endpoint
        kinds: Any = self.fields["kinds"]
        kinds.choices = shared_kinds()
        if endpoint is None:
            known = {code for code, _label in kinds.choices}
            self.fields["kinds"].initial = [code for code in USUAL if code in known]
            self.fields["shape"].initial = WebhookShape.STANDARD
        self.fields["token"].initial = uuid.uuid4()
        self.dress()
        self.start_merging(is_stored=endpoint is not None)

    def clean_address(self) -> str:
        """Refuse what this server does not ask; without its beginning it gets https."""
        address: str = self.cleaned_data["address"]
        if "://" not in address:
            address = f"https://{address}"
        try:
            check_address(address)
        except AddressRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return address

    @property
    def values(self) -> dict[str, Any]:
        """What is stored, once the form is valid."""
        return {name: self.cleaned_data[name] for name in ("name", "shape", "address", "kinds")}
