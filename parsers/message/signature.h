/* Signatures as they stand in a header: DKIM-Signature (RFC 6376 section 3.5), ARC-Message-Signature and
 * ARC-Seal (RFC 8617 section 4.1). Nothing is verified here. */
#ifndef MAILWHY_SIGNATURE_H
#define MAILWHY_SIGNATURE_H

#include "parsers/facts.h"

/* Read the tags of a field's value, folded or not. Slices point into `value`; what base64 holds is decoded
 * into `arena`. signature->error says why it cannot be verified whatever the key, as far as the tags by
 * themselves tell. Returns false when it holds no tag that is known. */
bool signature_parse(struct slice value, enum signature_kind kind, struct arena *arena,
                     struct signature *signature);

#endif
