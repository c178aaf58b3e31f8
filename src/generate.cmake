# Writes what is made from the operation table: man pages, completion scripts, docs/commands.json and
# docs/openapi.json.
# cmake -D HUBCTL=binary -D TO=directory -P generate.cmake
unset(ENV{SOURCE_DATE_EPOCH})  # a page changes when the table does, not with the calendar
file(MAKE_DIRECTORY ${TO}/man ${TO}/completions ${TO}/docs)
file(GLOB old ${TO}/man/*.1)
if(old)
  file(REMOVE ${old})
endif()

function(hubctl_writes file)
  execute_process(COMMAND ${HUBCTL} ${ARGN} OUTPUT_FILE ${TO}/${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
execute_process(COMMAND ${HUBCTL} __man ${TO}/man COMMAND_ERROR_IS_FATAL ANY)
hubctl_writes(completions/hubctl.bash completion bash)
hubctl_writes(completions/_hubctl completion zsh)
hubctl_writes(completions/hubctl.fish completion fish)
function(hubctl_describes file)
  hubctl_writes(docs/one_line.json ${ARGN})
  execute_process(COMMAND jq . ${TO}/docs/one_line.json OUTPUT_FILE ${TO}/${file} COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE ${TO}/docs/one_line.json)
endfunction()
hubctl_describes(docs/commands.json commands --json)
hubctl_describes(docs/openapi.json commands --openapi)
