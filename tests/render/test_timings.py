"""What `--timings` says of times that were measured."""

from okrsite.render.timings import Spent, Timings, render_timings

TIMINGS = Timings(
    start=0.25,
    stages={"parse": Spent(2.0, 3.5, 1), "pages": Spent(4.0, 7.0, 1)},
    steps={
        ("present", "small.html"): Spent(1.0, 0.5, 50),
        ("render", "small.html"): Spent(0.5, 0.5, 10),
        ("present", "large.html"): Spent(3.0, 3.0, 1_000),
        ("render", "large.html"): Spent(2.0, 1.0, 1_000),
        ("present", ""): Spent(0.0, 0.001, 2),
    },
    whole=Spent(6.5, 11.0, 1),
)


def test_stages_steps_and_templates_stand_in_tables_of_their_own() -> None:
    assert render_timings(TIMINGS) == (
        "stage                   wall s     cpu s\n"
        "start                              0.250\n"
        "parse                    2.000     3.500\n"
        "pages                    4.000     7.000\n"
        "other                    0.500     0.250\n"
        "whole                    6.500    11.000\n"
        "\n"
        "step of a page          wall s     cpu s     times\n"
        "present                  4.000     3.501     1,052\n"
        "render                   2.500     1.500     1,010\n"
        "\n"
        "template                wall s     cpu s     pages  cpu ms each\n"
        "large.html               5.000     4.000     1,000         4.00\n"
        "small.html               1.500     1.000        50        20.00\n"
        "(no template)            0.000     0.001         2         0.50\n"
    )


def test_where_no_page_was_made_there_are_stages_alone() -> None:
    said = render_timings(Timings(0.1, {"read": Spent(0.2, 0.1, 1)}, {}, Spent(0.3, 0.2, 1)))
    assert said.split("\n\n") == [said]
    assert "other                    0.100     0.000\n" in said


def test_times_add_up() -> None:
    assert Spent(1.0, 2.0, 3) + Spent(0.5, 0.25, 1) == Spent(1.5, 2.25, 4)
