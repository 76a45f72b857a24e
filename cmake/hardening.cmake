# What hardens every build, each where the compiler or linker knows it: tests/hardening looks for it in what was built.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
include(CheckPIESupported)
include(CheckLinkerFlag)
check_pie_supported(LANGUAGES C)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# One line each: a flag of the compiler, and what it is for. Of lines with the same purpose, the first that is known is taken.
set(HARDENING_FLAGS
    "-fstack-protector-strong|stack protector"
    "-fstack-clash-protection|stack clash"
    "-fcf-protection=full|control flow"                # x86
    "-mbranch-protection=standard|control flow"        # ARM
    "-ftrivial-auto-var-init=zero|zeroed variables"    # GCC 12, Clang 16
    "-ftrivial-auto-var-init=zero -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang|zeroed variables")
set(HARDENING_LINKER_FLAGS -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)

set(HARDENING "") # the flags that are taken
set(PURPOSES_MET "")
if(MAILWHY_VALGRIND)
    list(APPEND PURPOSES_MET "zeroed variables") # Valgrind would find no variable that is read before it is set
endif()
foreach(row IN LISTS HARDENING_FLAGS)
    string(REGEX REPLACE "\\|.*" "" flag "${row}")
    string(REGEX REPLACE ".*\\|" "" purpose "${row}")
    string(MAKE_C_IDENTIFIER "MAILWHY_HAS${flag}" known)
    if(NOT purpose IN_LIST PURPOSES_MET)
        # A compiler that only warns of a flag does not know it.
        set(CMAKE_REQUIRED_FLAGS -Werror)
        separate_arguments(words UNIX_COMMAND "${flag}")
        check_c_compiler_flag("${flag}" ${known})
        unset(CMAKE_REQUIRED_FLAGS)
        if(${known})
            list(APPEND HARDENING ${words})
            list(APPEND PURPOSES_MET ${purpose})
        endif()
    endif()
endforeach()
add_compile_options(${HARDENING})

# Checked calls need an optimising compiler, and take the place of what sanitizers watch.
if(NOT MAILWHY_SANITIZE AND NOT MAILWHY_TSAN)
    set(CMAKE_REQUIRED_FLAGS "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
    check_c_source_compiles("#include <stdio.h>
#if __USE_FORTIFY_LEVEL != 3
#error the C library or the compiler knows no third level
#endif
int main(void) { return 0; }" MAILWHY_HAS_FORTIFY_3)
    unset(CMAKE_REQUIRED_FLAGS)
    set(FORTIFY -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$<IF:$<BOOL:${MAILWHY_HAS_FORTIFY_3}>,3,2>)
    add_compile_options("$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:${FORTIFY}>")
endif()

foreach(flag IN LISTS HARDENING_LINKER_FLAGS)
    string(MAKE_C_IDENTIFIER "MAILWHY_LINKS${flag}" known)
    check_linker_flag(C ${flag} ${known})
    if(${known})
        add_link_options(${flag})
    endif()
endforeach()
