/* Mail that was only passed on: see passing_on.h. */
#include "analyze/verdict/passing_on.h"

#include "parsers/base/address.h"

#include <string.h>

bool sender_is_rewritten(struct slice sender) {
    return sender.len > 5 &&
           (slice_starts_nocase(sender, SLICE("SRS0")) || slice_starts_nocase(sender, SLICE("SRS1"))) &&
           strchr("=+-", sender.ptr[4]);
}

bool recipient_is_redirected(struct slice original, struct slice recipient, struct slice sender) {
    struct slice domain = address_domain(original);
    return domain.len && address_domain(recipient).len && sender.len &&
           !slice_equal_nocase(domain, address_domain(recipient)) &&
           !slice_equal_nocase(domain, address_domain(sender));
}
