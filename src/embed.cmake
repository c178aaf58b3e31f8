# hub_embed(TARGET FOLDER GLOB FUNCTION): makes one C++ source out of the matching text files, as raw string literals
# sorted by name, behind `std::span<const hub::EmbeddedFile> FUNCTION()`, and adds it to TARGET. The layer declares the
# function in a header of its own.
function(hub_embed target folder glob function)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/${glob})
  list(SORT files)
  string(MAKE_C_IDENTIFIER ${function} name)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" -DOUTPUT=${output} -DFUNCTION=${function}
            -P ${PROJECT_SOURCE_DIR}/src/embed_script.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/src/embed_script.cmake
    COMMENT "Embedding ${glob} as ${function}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
