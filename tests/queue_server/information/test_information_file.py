"""Pages of information go out and in as a file."""

from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from queue_server.cli import app


def test_pages_go_out_and_in_as_a_file(data: Path, tmp_path: Path) -> None:
    run = CliRunner()
    file = tmp_path / "pages.toml"

    def command(*words: str) -> Any:
        return run.invoke(app, ["information", *words, "--data", str(data)])

    exported = command("export", "harbour")
    assert exported.exit_code == 0
    file.write_text(exported.stdout)
    assert command("import", str(file)).stdout == "harbour: 0 pages changed\n"
    file.write_text(exported.stdout.replace("Cash office", "Cashiers"))
    assert command("import", str(file)).stdout == "harbour: 1 pages changed\n"
    # A language that the file changes alone puts the others behind, and that goes out with the file again.
    file.write_text(exported.stdout.replace("How to get here", "The way here"))
    assert command("import", str(file)).stdout == "harbour: 2 pages changed\n"
    assert command("export", "harbour").stdout.count("stale = true") == 2
    file.write_text('centre = "harbour"\n')
    assert command("import", str(file)).stdout == "harbour: 6 pages changed\n"
    assert command("export", "harbour").stdout == 'centre = "harbour"\n'
    for text, code in (
        ("centre =", "information-syntax"),
        ("colour = 1", "information-invalid"),
        ('centre = "nowhere"', "centre-not-set-up"),
        (exported.stdout.replace("{{fees}}", "{{all}}"), "information-placeholder"),
    ):
        file.write_text(text)
        refused = command("import", str(file))
        assert (refused.exit_code, code in refused.stderr) == (1, True)
    assert command("import", str(tmp_path / "none.toml")).exit_code == 1
    assert command("export", "nowhere").exit_code == 1
