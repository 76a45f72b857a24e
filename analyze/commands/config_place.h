/* Where the configuration stands, and whether what stands there can be believed. It is never looked for in
 * the current folder. */
#ifndef MAILWHY_CONFIG_PLACE_H
#define MAILWHY_CONFIG_PLACE_H

#include <stdbool.h>
#include <sys/stat.h>

/* The folder of the configuration: that which the environment's MAILWHY_CONFIG names, else /etc/mailwhy.
 * NULL: the variable is empty, so there is none. A relative one is refused, which
 * config_folder_is_usable() says. */
const char *config_folder(void);
bool config_folder_is_usable(void);

/* The user's own: mailwhy in XDG_CONFIG_HOME, else in .config of HOME, to be freed. NULL: neither is an
 * absolute path, or the environment has MAILWHY_CONFIG, whose folder then is the only one. */
char *config_home_folder(void);

/* Where such a file is looked for, without the name of a user, as ~/.config/mailwhy/mailwhy.conf; what is in
 * /etc as it is. NULL: only its path says it. To be freed with g_free. */
char *config_place_of(const char *path);

/* A path of the environment; NULL: it is none, or relative, which would lead to the current folder. */
const char *config_environment_path(const char *variable);

/* Has nobody but its owner, who is root or this user, a hand in it? If not, or where it cannot be looked at,
 * that is said. */
bool config_is_safe(const char *path);
bool config_stat_is_safe(const char *path, const struct stat *s); /* of what is open already */
bool config_folders_are_safe(const char *path); /* that the file stands in, and where a link of it leads */
const char *config_folders_unsafe(const char *path);
const char *config_unsafe(const struct stat *s); /* why not; NULL: it is safe */

#endif
