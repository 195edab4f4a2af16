package org.sluice.gateway.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.upstream.HttpUpstream;

/** Shows the gateway as {@code org.sluice.gateway:type=Gateway} on the platform MBean server. */
@ApplicationScoped
public class GatewayAdmin {
    private static final System.Logger LOGGER = System.getLogger(GatewayAdmin.class.getName());
    private static final String NAME = "org.sluice.gateway:type=Gateway";
    @Inject GatewayState state;
    @Inject CallMeter meter;
    @Inject RequestLogWriter log;
    @Inject HttpUpstream upstream;

    void register() {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName(NAME);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            GatewayMXBean controls = inApplication(new GatewayControls(state, meter, log, upstream), Thread.currentThread().getContextClassLoader());
            server.registerMBean(new StandardMBean(controls, GatewayMXBean.class, true), name);
        } catch (JMException e) {
            LOGGER.log(System.Logger.Level.WARNING, "The JMX bean could not be registered", e);
        }
    }

    /** A console's calls come on threads without a class loader; Payara finds beans only by the application's. */
    private static GatewayMXBean inApplication(GatewayMXBean bean, ClassLoader loader) {
        return (GatewayMXBean) Proxy.newProxyInstance(GatewayMXBean.class.getClassLoader(), new Class<?>[] {GatewayMXBean.class}, (self, method, arguments) -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return method.invoke(bean, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                thread.setContextClassLoader(before);
            }
        });
    }

    void unregister() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
        } catch (JMException alreadyGone) {
            LOGGER.log(System.Logger.Level.DEBUG, "The JMX bean was not registered", alreadyGone);
        }
    }
}
