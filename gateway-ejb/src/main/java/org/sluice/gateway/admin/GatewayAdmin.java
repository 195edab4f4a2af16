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
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.upstream.HttpUpstream;

/** Shows the gateway as {@code org.sluice.gateway:type=Gateway} and {@code type=Deployments} on the platform MBean server. */
@ApplicationScoped
public class GatewayAdmin {
    private static final System.Logger LOGGER = System.getLogger(GatewayAdmin.class.getName());
    private static final String GATEWAY = "org.sluice.gateway:type=Gateway";
    private static final String DEPLOYMENTS = "org.sluice.gateway:type=Deployments";
    @Inject GatewayState state;
    @Inject CallMeter meter;
    @Inject RequestLogWriter log;
    @Inject HttpUpstream upstream;
    @Inject DeploymentHealth health;
    @Inject DeploymentControl deployments;

    void register() {
        register(GATEWAY, GatewayMXBean.class, new GatewayControls(state, meter, log, upstream));
        register(DEPLOYMENTS, DeploymentsMXBean.class, new DeploymentControls(health, deployments));
    }

    private static <T> void register(String named, Class<T> type, T controls) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName(named);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(new StandardMBean(inApplication(type, controls, Thread.currentThread().getContextClassLoader()), type, true), name);
        } catch (JMException e) {
            LOGGER.log(System.Logger.Level.WARNING, "The JMX bean " + named + " could not be registered", e);
        }
    }

    /** A console's calls come on threads without a class loader; Payara finds beans only by the application's. */
    private static <T> T inApplication(Class<T> type, T bean, ClassLoader loader) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
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
        }));
    }

    void unregister() {
        unregister(GATEWAY);
        unregister(DEPLOYMENTS);
    }

    private static void unregister(String named) {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(named));
        } catch (JMException alreadyGone) {
            LOGGER.log(System.Logger.Level.DEBUG, "The JMX bean " + named + " was not registered", alreadyGone);
        }
    }
}
