/* The name of a name server: see name_server.h. */
#include "analyze/commands/name_server.h"

#include "parsers/base/ip.h"

#include <glib.h>
#include <string.h>

#define DNS_PORT 53

bool name_server_parse(const char *text, struct name_server *server) {
    const char *bracket = *text == '[' ? strchr(text, ']') : NULL;
    const char *colon = strrchr(text, ':');
    const char *hash = strchr(text, '#');
    bool is_ip6 = !bracket && colon && strchr(text, ':') != colon;
    const char *number = hash      ? hash
                         : bracket ? (bracket[1] == ':' ? bracket + 1 : NULL)
                         : is_ip6  ? NULL
                                   : colon;
    const char *start = text + (bracket != NULL);
    const char *end = bracket ? bracket : number ? number : text + strlen(text);
    const char *behind = number ? number : end + (bracket != NULL);
    struct slice address = {start, (size_t)(end - start)};
    guint64 port = DNS_PORT;
    struct ip ip;
    if ((bracket && behind != bracket + 1) || (!number && *behind) || address.len >= sizeof server->address ||
        !ip_parse(address, &ip) ||
        (number && !g_ascii_string_to_unsigned(number + 1, 10, 1, 65535, &port, NULL)))
        return false;
    memcpy(server->address, start, address.len);
    server->address[address.len] = '\0';
    server->port = (uint16_t)port;
    return true;
}
