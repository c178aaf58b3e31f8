"""What was found, as two Markdown tables: figures, and what they say about the targets."""


class Report:
    def __init__(self):
        self.rows = []     # name, connections, figures
        self.targets = []  # what, figure, unit, target
        self.notes = []

    def add(self, name, connections, figures, progress=True):
        self.rows.append((name, connections, figures))
        if progress:
            print(f"{name:44} {connections:4}  {figures}", flush=True)
        return figures

    def target(self, what, figure, unit, target):
        self.targets.append((what, figure, unit, target))

    def note(self, text):
        self.notes.append(text)
        print(text, flush=True)

    def missed(self):
        return [what for what, figure, _, target in self.targets if figure > target]

    def markdown(self):
        lines = ["| request | connections | requests/s | server CPU ms | p50 ms | p99 ms | failed |",
                 "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
        for name, connections, f in self.rows:
            lines.append(f"| {name} | {connections} | {f.per_s:,.0f} | {f.cpu_ms:.3f} | {f.p50_ms:.2f} | "
                         f"{f.p99_ms:.2f} | {f.failed} |")
        lines += ["", "| what | figure | at most | ratio | |", "| --- | ---: | ---: | ---: | --- |"]
        for what, figure, unit, target in self.targets:
            verdict = "ok" if figure <= target else "MISSED"
            ratio = f"{target / figure:.2f}" if figure else "–"
            lines.append(f"| {what} | {f'{figure:.3g} {unit}'.strip()} | {target:.3g} | {ratio} | {verdict} |")
        return "\n".join(lines + [""] + self.notes)
