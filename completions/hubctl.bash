# bash completion for hubctl

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
