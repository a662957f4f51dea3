"""Carry out the Dockerfile without Docker, and run its command as its user on a read-only root.

It needs root on Linux. Each stage is an overlay over this machine's own root, with the Python
that runs this in the place where the official image has its own. The mounts end with their
namespace.
Usage: unshare --mount .venv/bin/python .ci/image.py
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: A stopped container is killed after so long by default.
STOP_SECONDS = 10
#: The bot promises to be gone by then.
OBEYED_SECONDS = 2


@dataclass
class Stage:
    """One image in the making."""

    root: Path
    directory: str = "/"
    environment: dict[str, str] = field(
        default_factory=lambda: {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            # A Python that was built to look for its library elsewhere finds it here.
            "LD_LIBRARY_PATH": "/usr/local/lib",
        }
    )
    settings: dict[str, str] = field(default_factory=lambda: {"USER": "0:0"})

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start a command in the image, as its user, in its folder, with its environment."""
        inside = [
            "chroot",
            f"--userspec={self.settings['USER']}",
            "--groups=",
            str(self.root),
            "env",
            "-i",
            f"--chdir={self.directory}",
            *(f"{name}={value}" for name, value in self.environment.items()),
            *pip_settings(),
            *command,
        ]
        return subprocess.Popen(
            inside,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def pip_settings() -> list[str]:
    """Return how pip is set up on this machine, for the build has no network of its own."""
    return [f"{name}={value}" for name, value in os.environ.items() if name.startswith("PIP_")]


def instructions(text: str) -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions with their continued lines joined."""
    plain = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    return [
        (word.upper(), rest.strip())
        for word, _, rest in (line.partition(" ") for line in plain.splitlines() if line.strip())
    ]


def build(scratch: Path, prefix: Path) -> Stage:
    """Carry out the instructions and return the last stage."""
    stages: dict[str, Stage] = {}
    stage = Stage(root=scratch)
    for word, rest in instructions((ROOT / "Dockerfile").read_text()):
        print(f"    {word} {rest}", flush=True)
        if word == "FROM":
            stage = Stage(root=overlay(scratch / str(len(stages)), prefix))
            stages[rest.partition(" AS ")[2] or str(len(stages))] = stage
        elif word != "ARG":
            carry_out(stage, stages, word, rest)
    return stage


def overlay(folder: Path, prefix: Path) -> Path:
    """Return a root that looks like this machine's, takes writes, and has Python in /usr/local."""
    for name in ("changes", "work", "root"):
        (folder / name).mkdir(parents=True)
    layers = f"lowerdir=/,upperdir={folder}/changes,workdir={folder}/work"
    root = folder / "root"
    mount("-t", "overlay", "overlay", "-o", layers, str(root))
    mount("--rbind", "/dev", f"{root}/dev")
    mount("-t", "proc", "proc", f"{root}/proc")
    mount("--bind", str(prefix), f"{root}/usr/local")
    mount("-o", "remount,bind,ro", f"{root}/usr/local")
    mount("-t", "tmpfs", "tmpfs", str(root / "tmp"))
    return root


def mount(*arguments: str) -> None:
    """Mount, or stop with the reason."""
    subprocess.run(["mount", *arguments], check=True)


def carry_out(stage: Stage, stages: dict[str, Stage], word: str, rest: str) -> None:
    """Do what one instruction says."""
    match word:
        case "WORKDIR":
            stage.directory = rest
            inside(stage, rest).mkdir(parents=True, exist_ok=True)
        case "ENV":
            for name, value in (pair.split("=", 1) for pair in shlex.split(rest)):
                stage.environment[name] = value.replace("$PATH", stage.environment["PATH"])
        case "RUN":
            with stage.start(listed(rest) or ["sh", "-c", rest]) as process:
                said, _ = process.communicate()
            if process.returncode:
                sys.exit(f"{said.decode(errors='replace')}\nRUN {rest} failed")
        case "COPY":
            copy(stage, stages, rest)
        case "USER" | "VOLUME" | "ENTRYPOINT" | "CMD" | "STOPSIGNAL":
            stage.settings[word] = rest
        case _:
            sys.exit(f"{word} is not known here; teach .ci/image.py what it does")


def listed(rest: str) -> list[str]:
    """Return the words of an instruction in the exec form, and none for one that is not."""
    return list(json.loads(rest)) if rest.startswith("[") else []


def inside(stage: Stage, path: str) -> Path:
    """Return where a path of the image lies on this machine."""
    return stage.root / (Path(stage.directory) / path).relative_to("/")


def copy(stage: Stage, stages: dict[str, Stage], rest: str) -> None:
    """Copy from the repository, or from an earlier stage, with owner root."""
    *sources, target = shlex.split(rest)
    source_root = ROOT
    if sources[0].startswith("--from="):
        source_root = stages[sources.pop(0).removeprefix("--from=")].root
    for source in sources:
        origin = source_root / source.lstrip("/")
        goal = inside(stage, target)
        if origin.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(origin, goal, symlinks=True, dirs_exist_ok=True, ignore=ignored)
        else:
            shutil.copy(origin, goal / origin.name if goal.is_dir() else goal)


def seal(image: Stage) -> None:
    """Make the root read-only and let only the volume and /tmp take writes."""
    place = inside(image, image.settings["VOLUME"])
    owner = place.stat()
    options = f"uid={owner.st_uid},gid={owner.st_gid},mode=755"
    mount("-t", "tmpfs", "-o", options, "tmpfs", str(place))
    mount("-o", "remount,ro", str(image.root))


def run(image: Stage) -> None:
    """Run the image's command until its digest is out, stop it, and see that it ends well."""
    command = listed(image.settings["ENTRYPOINT"]) + listed(image.settings["CMD"])
    user = image.settings["USER"]
    print(f"    $ {shlex.join(command)}   as {user}, read-only root", flush=True)
    with image.start(command) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(f"    {line.decode().rstrip()}", flush=True)
            if line.startswith(b"Sources: "):
                break
        begun = time.monotonic()
        process.send_signal(signal.Signals[image.settings["STOPSIGNAL"]])
        process.stdout.read()
        status = process.wait(STOP_SECONDS)
        seconds = time.monotonic() - begun
    print(f"    SIGTERM: status {status} after {seconds:.1f} s", flush=True)
    if status or seconds > OBEYED_SECONDS:
        sys.exit("The image's command did not end well")


def main() -> None:
    """Build, seal and run; the mounts go with the namespace that this was started in."""
    with tempfile.TemporaryDirectory() as folder:
        mount("-t", "tmpfs", "tmpfs", folder)
        try:
            image = build(Path(folder), Path(sys.base_prefix))
            seal(image)
            run(image)
        finally:
            subprocess.run(["umount", "--recursive", "--lazy", folder], check=True)


if __name__ == "__main__":
    main()
