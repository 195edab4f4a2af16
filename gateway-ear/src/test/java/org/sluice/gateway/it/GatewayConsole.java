package org.sluice.gateway.it;

import com.sun.tools.attach.VirtualMachine;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A JMX bean of the gateway as a console on the same machine reaches it: by the id of the server's process. */
final class GatewayConsole implements AutoCloseable {
    private static final String DOMAIN = "org.sluice.gateway:type=";
    private final JMXConnector connector;
    private final MBeanServerConnection connection;
    private final ObjectName name;

    GatewayConsole(long pid) throws Exception {
        this(pid, "Gateway");
    }

    /** @param type of the bean */
    GatewayConsole(long pid, String type) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(String.valueOf(pid));
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent()));
        } finally {
            jvm.detach();
        }
        connection = connector.getMBeanServerConnection();
        name = new ObjectName(DOMAIN + type);
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

    Object invoke(String operation, String argument) throws Exception {
        return connection.invoke(name, operation, new Object[] {argument}, new String[] {"java.lang.String"});
    }

    void invoke(String operation, String argument, double number) throws Exception {
        connection.invoke(name, operation, new Object[] {argument, number}, new String[] {"java.lang.String", "double"});
    }

    /** Of a list the row with this id, or null. */
    CompositeData row(String list, String id) throws Exception {
        for (CompositeData row : (CompositeData[]) connection.getAttribute(name, list)) {
            if (row.get("id").equals(id)) {
                return row;
            }
        }
        return null;
    }

    /** Every attribute with its value. */
    Map<String, String> all() throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (MBeanAttributeInfo attribute : connection.getMBeanInfo(name).getAttributes()) {
            Object value = connection.getAttribute(name, attribute.getName());
            all.put(attribute.getName(), value instanceof Object[] rows ? Arrays.toString(rows) : String.valueOf(value));
        }
        return all;
    }

    @Override
    public void close() throws Exception {
        connector.close();
    }
}
