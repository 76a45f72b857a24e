/* What a reply means: one for all replies that are judged alike. */
#ifndef MAILWHY_REPLY_CLASS_H
#define MAILWHY_REPLY_CLASS_H

#include "analyze/classify/classify.h"

struct reply_class {
    const struct cause *cause, *underlying;
    const struct reply_rule *rule;
    const struct provider *provider; /* that refused; NULL: not known */
    const char *fixer;
    bool is_permanent;
    enum confidence confidence;
};

#endif
