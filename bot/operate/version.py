"""Which Briefbot this is."""


def version() -> str:
    """Return the version that is installed."""
    from importlib import metadata  # noqa: PLC0415 - slow to load, and seldom needed

    try:
        return metadata.version("briefbot")
    except metadata.PackageNotFoundError:
        return "not installed"
