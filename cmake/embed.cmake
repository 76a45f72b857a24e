# embed(NAME FILE): the bytes of a file as an array of C, ended by a zero: `const char NAME[]` in FILE's NAME.c
# of the build folder. (C17 has no #embed.)
function(embed name file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    file(CONFIGURE OUTPUT ${name}.c CONTENT "extern const char ${name}[];\nconst char ${name}[] = {@bytes@0};\n" @ONLY)
endfunction()
