"""Time zones to choose from."""

import zoneinfo

from accounts.time_zones import current_name, time_zone_choices


def offered(own: str = "") -> set[str]:
    return {zone for _region, zones in time_zone_choices(own) for zone, _place in zones}


def test_list_has_one_name_a_place_and_only_zones_that_there_are() -> None:
    assert {"Europe/Oslo", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "UTC"} <= offered()
    assert not {"Asia/Calcutta", "Europe/Kiev", "GB", "US/Eastern", "Etc/GMT-1"} & offered()
    assert offered() <= zoneinfo.available_timezones()
    assert 300 < len(offered()) < 450


def test_old_name_that_is_stored_stays_on_the_list() -> None:
    assert offered("Europe/Kiev") - offered() == {"Europe/Kiev"}
    assert offered("US/Eastern") - offered() == {"US/Eastern"}
    assert offered("Mars/Base") == offered()


def test_current_name_of_a_zone() -> None:
    assert current_name("Europe/Kiev") == "Europe/Kyiv"
    assert current_name("Europe/Oslo") == "Europe/Oslo"
    assert current_name("Mars/Base") == current_name("") == ""
