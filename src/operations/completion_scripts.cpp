#include "hub/operations/completion.h"

// The adaptors know nothing of the commands, so they fit every later version of the binary. All of them ask
// `hubctl __complete` and pass on what it says.
namespace hub::operations {
namespace {

// References and scopes hold ':' and flags '=', at which readline breaks words: what it will not replace is taken off
// again.
constexpr std::string_view bash_script = R"script(# bash completion for hubctl

_hubctl() {
    local cur prev words cword
    declare -F _init_completion >/dev/null || return
    _init_completion -n =: || return

    local -a lines=()
    mapfile -t lines < <("${words[0]}" __complete "${words[@]:1:cword-1}" "$cur" 2>/dev/null)
    ((${#lines[@]})) || return
    local directive=${lines[-1]#:}
    unset 'lines[-1]'

    local line value kept=""
    if [[ $COMP_WORDBREAKS == *[=:]* && $cur == *[=:]* ]]; then
        kept=${cur%"${cur##*[=:]}"}
    fi
    for line in "${lines[@]}"; do
        value=${line%%$'\t'*}
        value=${value#"$kept"}
        if [[ $value == *[^A-Za-z0-9_./:=@%+,-]* ]]; then
            printf -v value %q "$value"
        fi
        COMPREPLY+=("$value")
    done
    if ((directive & 1)); then
        compopt -o nospace
    fi
    if ((directive & 4)); then
        cur=${cur#"$kept"}
        _filedir
    elif ((directive & 8)); then
        cur=${cur#"$kept"}
        _filedir -d
    fi
}

complete -F _hubctl hubctl
)script";

constexpr std::string_view zsh_script = R"script(#compdef hubctl

_hubctl() {
    local -a lines values described space
    local line value directive
    lines=("${(@f)$("${words[1]}" __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    directive=${lines[-1]#:}
    [[ $directive == <-> ]] || return 1
    lines[-1]=()

    for line in "${lines[@]}"; do
        value=${line%%$'\t'*}
        values+=("$value")
        if [[ $line == *$'\t'* ]]; then
            described+=("$value  -- ${line#*$'\t'}")
        else
            described+=("$value")
        fi
    done
    (( directive & 1 )) && space=(-S '')
    if (( ${#values} )); then
        compadd "${space[@]}" -l -V hubctl -d described -a values && return 0
    fi
    if (( directive & 12 )); then
        [[ $PREFIX == --*=* ]] && compset -P '*='
        if (( directive & 8 )); then
            _files -/
        else
            _files
        fi
    fi
}

if [[ $funcstack[1] == _hubctl ]]; then
    _hubctl "$@"
else
    compdef _hubctl hubctl
fi
)script";

constexpr std::string_view fish_script = R"script(# fish completion for hubctl

function __hubctl_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
    test (count $lines) -gt 0; or return
    set -l directive (string replace -r '^:' '' -- $lines[-1])
    set -e lines[-1]
    if test (count $lines) -gt 0
        printf '%s\n' $lines
    end
    set -l before (string match -r -- '^--[^=]*=' $current)
    set -l path (string replace -r -- '^--[^=]*=' '' $current)
    switch $directive
        case 4 5 6 7
            for found in (__fish_complete_path "$path")
                printf '%s%s\n' "$before" $found
            end
        case 8 9 10 11
            for found in (__fish_complete_directories "$path")
                printf '%s%s\n' "$before" $found
            end
    end
end

complete -c hubctl -e
complete -c hubctl -f -a '(__hubctl_complete)'
)script";

}  // namespace

std::string_view completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script;
  if (shell == "zsh") return zsh_script;
  if (shell == "fish") return fish_script;
  return {};
}

}  // namespace hub::operations
