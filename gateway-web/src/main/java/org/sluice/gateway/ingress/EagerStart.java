package org.sluice.gateway.ingress;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.sluice.gateway.admin.EagerBeans;

/** Makes the doors' beans before the first request, on the container's thread. */
@WebListener
public class EagerStart implements ServletContextListener {
    @Inject BeanManager beans;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        EagerBeans.create(beans);
    }
}
