package org.sluice.gateway.template.broken;

import java.lang.reflect.Method;

/** Looks behind a value, which templates must not. */
class ReflectingFilter {
    Object call(Object value, String name) throws ReflectiveOperationException {
        Method method = value.getClass().getMethod(name);
        return method.invoke(value);
    }
}
