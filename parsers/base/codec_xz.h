/* xz, by liblzma (in a module: module.h). */
#ifndef MAILWHY_CODEC_XZ_H
#define MAILWHY_CODEC_XZ_H

#include "parsers/base/codec.h"
#include "parsers/base/module.h"

extern const struct codec codec_xz IN_MODULE;

#endif
