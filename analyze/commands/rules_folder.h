/* Rules of the system's administrator: files of a folder, read before the built-in ones. */
#ifndef MAILWHY_RULES_FOLDER_H
#define MAILWHY_RULES_FOLDER_H

#include <glib.h>
#include <stdbool.h>

/* Append the files of rules.d in a folder of configuration whose names end in .yaml, in the order of their
 * names; they are to be freed. False: something is wrong, and has been said on standard error: the folder or
 * one of its files cannot be read, or others than its owner and root could have written it. */
bool rules_folder_list(const char *config, GPtrArray *files);

#endif
