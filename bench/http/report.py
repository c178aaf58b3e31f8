"""What was found, as two Markdown tables: figures, and what they say about the targets."""


class Report:
    def __init__(self):
        self.rows = []     # name, connections, figures
        self.targets = []  # what, figure, unit, target or none
        self.notes = []

    def add(self, name, connections, figures, progress=True):
        self.rows.append((name, connections, figures))
        if progress:
            print(f"{name:44} {connections:4}  {figures}", flush=True)
        return figures

    def target(self, what, figure, unit, target=None):
        """A figure, and what it is at most; without a target it is only told."""
        self.targets.append((what, figure, unit, target))
        print(f"{what}: {figure:.4g} {unit}".rstrip(), flush=True)

    def note(self, text):
        self.notes.append(text)
        print(text, flush=True)

    def missed(self):
        return [what for what, figure, _, target in self.targets if target is not None and figure > target]

    def markdown(self):
        lines = ["| request | connections | requests/s | server CPU ms | p50 ms | p99 ms | failed |",
                 "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
        for name, connections, f in self.rows:
            lines.append(f"| {name} | {connections} | {f.per_s:,.0f} | {f.cpu_ms:.3f} | {f.p50_ms:.2f} | "
                         f"{f.p99_ms:.2f} | {f.failed} |")
        lines += ["", "| what | figure | at most | ratio | |", "| --- | ---: | ---: | ---: | --- |"]
        for what, figure, unit, target in self.targets:
            found = f"{figure:.4g} {unit}".strip()
            if target is None:
                lines.append(f"| {what} | {found} | | | |")
                continue
            verdict = "ok" if figure <= target else "MISSED"
            ratio = f"{target / figure:.2f}" if figure else "–"
            lines.append(f"| {what} | {found} | {target:.3g} | {ratio} | {verdict} |")
        return "\n".join(lines + [""] + self.notes)
