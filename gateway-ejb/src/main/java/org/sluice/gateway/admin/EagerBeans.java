package org.sluice.gateway.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;

/**
 * Makes every application-scoped bean while the container starts its own thread's work. Payara injects nothing into a bean
 * that is first asked for on a thread the container does not know, and calls run on such threads; on any server a wrong
 * setting shows at the start and not at the first call.
 */
public final class EagerBeans {
    private static final String OURS = "org.sluice.gateway.";

    private EagerBeans() { }

    /** @param manager the bean manager of the module: a web module sees its own beans and the engine's */
    public static void create(BeanManager manager) {
        for (Bean<?> bean : manager.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean.getScope() == ApplicationScoped.class && bean.getBeanClass().getName().startsWith(OURS)) {
                Object proxy = manager.getReference(bean, Object.class, manager.createCreationalContext(bean));
                proxy.toString();
            }
        }
    }
}
