"""An operator names the hosts of the house that have public names."""

from pathlib import Path

import pytest

from bot.config.load import load
from bot.core.errors import ConfigError

SOURCE = '[[sources]]\nname = "seeds"\nfolder = "seeds"\n'


def written(folder: Path, hosts: str) -> Path:
    place = folder / "briefbot.toml"
    place.write_text(f"[fetch]\nallow_private = true\nprivate_hosts = {hosts}\n{SOURCE}")
    return place


def test_hosts_of_the_house_are_named_in_the_configuration(tmp_path: Path) -> None:
    assert load(written(tmp_path, '["wiki.example.com"]')).fetch.private_hosts == (
        "wiki.example.com",
    )


def test_what_is_no_list_of_hosts_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"expected a list of hosts, in quotes"):
        load(written(tmp_path, '"wiki.example.com"'))
