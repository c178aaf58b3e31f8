# formats.sh FORMAT: gives every command that format on the hub in the current directory. A command either answers in
# it, and the answer is well formed, or refuses with 2 and names the formats it has, of which this is none. Prints what
# is neither, and at the end how many commands did which.
format=$1
yaml_key='("([^"\\]|\\.)*"|[\w.@/:-]+)?'
answers=0 refusals=0
declare -A left  # commands that no line is for

say() { printf '%s: %s\n' "$command -o $format" "$1"; }

same_columns() { awk -F'\t' 'NR == 1 {n = NF} NF != n {bad = 1} END {exit bad}' out; }

well_formed() {
  case $format in
    json) [ "$(jq -s length out)" = 1 ] ;;
    jsonl) while IFS= read -r line; do jq -e 'type == "object"' <<<"$line" >/dev/null || return 1; done <out ;;
    yaml) ! grep -qP '\t' out && ! grep -qvP "^ *(- )*$yaml_key(:( .+)?)?\$|^ *(- )*(\[\]|\{\})\$|^ *- .+\$" out ;;
    csv) sqlite3 -cmd '.mode csv' :memory: '.import out answers' >problems 2>&1 && [ ! -s problems ] ;;
    tsv) same_columns ;;
    table | wide) [ -s out ] && ! grep -qP '\t' out ;;
    id) ! grep -qP '\t' out ;;
    env) ! grep -qvE '^[A-Z][A-Z0-9_]*=' out && env -i bash -euc '. ./out' ;;
    raw) [ -n "$flags" ] || [ -s out ] ;;  # what is only tried makes no secret
    header) [ -n "$flags" ] || grep -qx 'Authorization: Bearer eyJ[A-Za-z0-9_.-]*' out ;;
    none) [ ! -s out ] ;;
  esac
}

declare -A effect
while IFS=$'\t' read -r command what; do effect[$command]=$what left[$command]=1; done < <(
  hubctl commands --json | jq -r '.[] | [.command, .effect] | @tsv')

while read -r first second third rest; do
  case $first in
    '#'* | '') continue ;;
    -)
      [ -n "${effect[$second]}" ] && unset "left[$second]" || unset "left[$second $third]"
      continue
      ;;
  esac
  line="$first $second $third $rest"
  command="$first $second $third"
  [ -n "${effect[$command]}" ] || command="$first $second"
  [ -n "${effect[$command]}" ] || command=$first
  flags=
  [ "${effect[$command]}" != change ] || flags=--dry-run
  unset "left[$command]"
  for name in KEY JTI KID SESSION STAGED REQUEST DEVICE; do line=${line//$name/$(cat "$name")}; done
  hubctl $line $flags -o "$format" >out 2>err
  status=$?
  if [ $status = 2 ]; then
    refusals=$((refusals + 1))
    [ ! -s out ] || say 'refused with output'
    hint=$(sed -n 's/^hint: it has //p; s/.*"hint":"it has \([^"]*\)".*/\1/p' err)
    case " $hint " in *" $format "*) say "refused although it has $hint" ;; '  ') say "$(head -1 err)" ;; esac
  elif [ $status != 0 ]; then
    say "[exit $status] $(head -1 err)"
  else
    answers=$((answers + 1))
    well_formed || say "not well formed: $(head -c 200 out)"
  fi
done <"$HUBCTL_SOURCE/tests/cli/formats.txt"
for command in "${!left[@]}"; do say 'is not in formats.txt'; done
printf '%s answers, %s refusals\n' "$answers" "$refusals"
