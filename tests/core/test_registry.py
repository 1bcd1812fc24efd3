"""The registry that apps add to."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.registry import Registry


def test_entries_come_in_the_order_of_registration() -> None:
    colours: Registry[str] = Registry("colour")
    colours.register("red", "#f00")
    colours.register("blue", "#00f")

    assert list(colours) == ["#f00", "#00f"]
    assert colours.codes == ["red", "blue"]
    assert len(colours) == 2
    assert colours["blue"] == "#00f"
    assert "red" in colours


def test_a_code_that_is_taken_stops_the_start() -> None:
    colours: Registry[str] = Registry("colour")
    colours.register("red", "#f00")

    with pytest.raises(ImproperlyConfigured, match="Two entries are registered as colour 'red'"):
        colours.register("red", "#e00")

    assert colours["red"] == "#f00"


def test_an_unknown_code_is_named() -> None:
    colours: Registry[str] = Registry("colour")

    with pytest.raises(KeyError, match="There is no colour 'green'"):
        colours["green"]
    assert colours.get("green") is None


def test_modules_of_apps_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("core.registry.autodiscover_modules", asked.append)

    Registry[str]("notice", module="notices").discover()

    assert asked == ["notices"]
