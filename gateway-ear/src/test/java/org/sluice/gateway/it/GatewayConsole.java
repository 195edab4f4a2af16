package org.sluice.gateway.it;

import com.sun.tools.attach.VirtualMachine;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The gateway's JMX bean as a console on the same machine reaches it: by the id of the server's process. */
final class GatewayConsole implements AutoCloseable {
    private static final String NAME = "org.sluice.gateway:type=Gateway";
    private final JMXConnector connector;
    private final MBeanServerConnection connection;
    private final ObjectName name;

    GatewayConsole(long pid) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent()));
        } finally {
            jvm.detach();
        }
        connection = connector.getMBeanServerConnection();
        name = new ObjectName(NAME);
    }

    long number(String attribute) throws Exception {
        return ((Number) connection.getAttribute(name, attribute)).longValue();
    }

    String text(String attribute) throws Exception {
        return (String) connection.getAttribute(name, attribute);
    }

    void invoke(String operation) throws Exception {
        connection.invoke(name, operation, new Object[0], new String[0]);
    }

    /** Every attribute with its value. */
    Map<String, String> all() throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (MBeanAttributeInfo attribute : connection.getMBeanInfo(name).getAttributes()) {
            all.put(attribute.getName(), String.valueOf(connection.getAttribute(name, attribute.getName())));
        }
        return all;
    }

    @Override
    public void close() throws Exception {
        connector.close();
    }
}
