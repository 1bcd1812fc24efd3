"""core: what two apps or more share and that imports no app."""

from typing import Any

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What two apps or more share and that imports no app."""

    name = "core"

    def ready(self) -> None:
        """Find the navigation, and change two things in Django's generic views."""
        from core.navigation import NAVIGATION

        self._refuse_other_methods()
        self._make_generic()
        NAVIGATION.discover()

    @staticmethod
    def _refuse_other_methods() -> None:
        """Answer 405 to PUT, PATCH and DELETE unless a view lists them in ``http_method_names``.

        Django's form views treat PUT as POST, and nothing on a page of ours sends any of them.
        """
        from django.views.generic import View

        View.http_method_names = ["get", "post", "head", "options"]

    @staticmethod
    def _make_generic() -> None:
        """Let ``FormView[TheForm]`` be written, as the type checker wants it; Django cannot yet."""
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
