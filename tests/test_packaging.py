"""The wheel holds what the checkout holds, installs as one folder, and does the main job outside the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("accounting", "factors", "inventories", "templates")
AT_ROOT = {"__init__.py", "__main__.py", "cli.py", "py.typed"}
NOT_OURS = shutil.ignore_patterns(
    ".*", "__pycache__", "build", "dist", "out", "runs", "*.egg-info", "tests", "bench", "docs", "*.pyc"
)


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def shipped():
    """Every file below the four folders, code and data, and the four files of the root."""
    below = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and "runs" not in path.parts
    }
    return below | AT_ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build an sdist from a copy of the checkout, and the wheel from the sdist: what a package index would hold."""
    folder = tmp_path_factory.mktemp("dist")
    copy = folder / "checkout"
    shutil.copytree(ROOT, copy, ignore=NOT_OURS)
    # with a setuptools that is new enough no second environment is fetched
    isolation = [] if int(version("setuptools").split(".")[0]) < 77 else ["--no-isolation"]
    command = [sys.executable, "-m", "build", *isolation, "--outdir", str(folder / "dist"), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    (built,) = (folder / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """A bare environment with the wheel alone; dependencies are those of the outer one, without its import hooks."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    inner = binaries / ("python.exe" if os.name == "nt" else "python")
    command = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(inner),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(command, capture_output=True, text=True, check=True)
    site = Path(
        subprocess.run(
            [str(inner), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True, text=True, check=True,
        ).stdout.strip()
    )  # fmt: skip
    mine = {path.name for path in site.iterdir()}
    # a .pth adds the folder to the path; .pth files inside it (the editable install) are not read
    (site / "outer.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return inner, site, mine


def run(python, *arguments, cwd):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CARBONPEAK"))}
    return subprocess.run(
        [str(python[0]), "-X", "utf8", "-m", "carbonpeak", *arguments],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd, env=clean,
    )  # fmt: skip


def test_every_folder_with_code_is_listed():
    listed = set(project()["tool"]["setuptools"]["packages"])
    found = {
        ".".join(["carbonpeak", *path.parent.relative_to(ROOT).parts])
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if "examples" not in path.parts
    }
    assert listed == found | {"carbonpeak"}


def test_every_package_has_an_init():
    for name in project()["tool"]["setuptools"]["packages"]:
        assert (ROOT.joinpath(*name.split(".")[1:]) / "__init__.py").is_file(), name


def test_wheel_holds_code_and_data(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {name.removeprefix("carbonpeak/") for name in names if name.startswith("carbonpeak/")}
    assert inside == shipped()
    info = {name for name in names if not name.startswith("carbonpeak/")}
    assert {name.partition("/")[0] for name in info} == {f"carbonpeak-{project_version()}.dist-info"}
    assert any(name.endswith("licenses/LICENSE") for name in info)


def project_version():
    import carbonpeak

    return carbonpeak.__version__


def test_site_packages_receives_one_folder(python):
    assert python[2] == {"carbonpeak", f"carbonpeak-{project_version()}.dist-info"}


def test_the_installed_package_is_the_wheel(python, tmp_path):
    where = subprocess.run(
        [str(python[0]), "-c", "import carbonpeak; print(carbonpeak.__file__)"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    ).stdout.strip()  # fmt: skip
    assert Path(where).is_relative_to(python[1])
    assert run(python, "--version", cwd=tmp_path).stdout.strip() == f"carbonpeak {project_version()}"


def test_main_job_outside_the_checkout(python, tmp_path):
    done = run(python, "run", "henan", "--format", "html", "--out", "河南", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "河南" / "report.html").is_file()
    verified = run(python, "verify", "河南", cwd=tmp_path)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_schema_and_library_outside_the_checkout(python, tmp_path):
    assert run(python, "factors", "check", cwd=tmp_path).returncode == 0
    assert run(python, "examples", cwd=tmp_path).returncode == 0
