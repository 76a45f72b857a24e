/* Folders of inputs. What stands in them may have been put there by others: only regular files are read, and
 * no symbolic link is followed, whether it leads out of the folder or not (what it leads to inside is read
 * under its own name). */
#ifndef MAILWHY_FOLDER_H
#define MAILWHY_FOLDER_H

#include <glib.h>

/* What is wrong with a folder, or one below it: `error` is an errno, or 0 and `text` says it. */
typedef void folder_problem(void *context, const char *path, int error, const char *text);

/* Append the regular files (char *) below the folder `path`, sorted by name; hidden ones are left out, and a
 * Maildir's tmp. */
void folder_list(const char *path, GPtrArray *files, folder_problem *problem, void *context);

/* Open a file that folder_list found: `path` begins with `folder` bytes that name that folder. Returns a
 * descriptor; or -1 with errno, which is ESTALE where it is no longer a regular file, or a link has taken the
 * place of a folder on the way. It never waits, as for a FIFO. */
int folder_open_file(const char *path, size_t folder);

#endif
