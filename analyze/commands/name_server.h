/* How a name server is named: "192.0.2.53", "192.0.2.53#5353", "192.0.2.53:5353", "2001:db8::53",
 * "[2001:db8::53]:5353". */
#ifndef MAILWHY_NAME_SERVER_H
#define MAILWHY_NAME_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#define NAME_SERVER_EXPECTED "an address such as 192.0.2.53 or 192.0.2.53#5353"

struct name_server {
    char address[64]; /* of IPv4 or IPv6, as text */
    uint16_t port;
};

/* False: the text names none. */
bool name_server_parse(const char *text, struct name_server *server);

#endif
