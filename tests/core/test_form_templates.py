"""Our own templates of Django's widgets say the same as Django's."""

import re

from django import forms
from django.forms.renderers import DjangoTemplates


class Described(forms.Select):
    """A menu with attributes on its options, as Django allows them."""

    def create_option(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        option = super().create_option(*args, **kwargs)
        option["attrs"] |= {"data-note": '"&"', "disabled": option["value"] == "3", "hidden": False}
        return option


class MenuForm(forms.Form):
    menu = forms.ChoiceField(
        choices=[("", "All & none"), ("Group <1>", [("1", "<b>"), ("2", "two")]), ("3", "three")],
        widget=Described(attrs={"class": "form-select"}),
    )


def tidy(html: str) -> str:
    return re.sub(r">\s+<", "><", html).strip()


def test_menu_is_drawn_as_django_draws_it() -> None:
    ours = tidy(str(MenuForm({"menu": "2"})["menu"]))
    assert ours == tidy(str(MenuForm({"menu": "2"}, renderer=DjangoTemplates())["menu"]))
    assert '<option value="2" selected' in ours
    assert ours.count("disabled") == 1
