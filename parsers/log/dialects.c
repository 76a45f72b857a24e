/* The table of dialects: see dialects.h. */
#include "parsers/log/dialects.h"

#include "parsers/log/dialect.h"

const struct dialect *const log_dialects[LOG_DIALECTS] = {
#define DIALECT(name) &dialect_##name,
#include "parsers/log/dialects.def"
#undef DIALECT
};

const char *log_dialect_name(size_t number) {
    return number < LOG_DIALECTS ? log_dialects[number]->name : NULL;
}
