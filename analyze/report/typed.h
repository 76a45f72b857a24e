/* Values whose type their name tells: what a reply names, and the properties of a result. */
#ifndef MAILWHY_TYPED_H
#define MAILWHY_TYPED_H

#include "analyze/classify/classify.h"
#include "analyze/report/value.h"
#include "parsers/facts.h"

struct value typed_entity(const struct entity *entity);
struct value typed_property(const struct property *property);

#endif
