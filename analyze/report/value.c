/* Types of values: see value.h. */
#include "analyze/report/value.h"

#include "parsers/base/date.h"

bool value_is_known(struct value v) {
    char text[24] = "";
    switch (v.type) {
    case VALUE_NUMBER:
    case VALUE_COUNT:
    case VALUE_TRUTH:
        return true;
    case VALUE_TIME:
        if (v.number != -1)
            date_format(v.number, text);
        return text[0] != '\0';
    default:
        return v.text.len > 0;
    }
}
