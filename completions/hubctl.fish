# fish completion for hubctl

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
