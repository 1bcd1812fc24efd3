"""core: what two apps or more share and that imports no app."""

from typing import Any

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What two apps or more share and that imports no app."""

    name = "core"

    def ready(self) -> None:
        """Find the navigation; let ``FormView[TheForm]`` be written, which Django cannot yet."""
        from core.navigation import NAVIGATION

        NAVIGATION.discover()

        from django.forms.models import BaseModelForm, ModelChoiceField
        from django.views.generic.detail import SingleObjectMixin
        from django.views.generic.edit import FormMixin
        from django.views.generic.list import MultipleObjectMixin

        for generic in (
            BaseModelForm,
            ModelChoiceField,
            FormMixin,
            MultipleObjectMixin,
            SingleObjectMixin,
        ):
            if not hasattr(generic, "__class_getitem__"):
                setattr(generic, "__class_getitem__", classmethod(_itself))  # noqa: B010  # not in the stubs


def _itself(cls: type, _item: Any) -> type:
    return cls
