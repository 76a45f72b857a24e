/* Do the records of a tree name an address? */
#ifndef MAILWHY_SPF_NAMES_H
#define MAILWHY_SPF_NAMES_H

#include "analyze/auth/spf_mend.h"

/* May an address pass by the records of the tree, without the terms of the domain's own record that are left
 * out? True too where that depends on the mail or on what could not be looked up. */
bool spf_tree_may_name(const struct spf_tree *tree, const struct spf_left_out *left_out, const struct ip *ip,
                       struct resolver *resolver);

#endif
