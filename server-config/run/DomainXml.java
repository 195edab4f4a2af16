import java.io.IOException;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What must stand in Payara's {@code domain.xml} before its JVM starts: the JVM's options and the admin port. */
final class DomainXml {
    private static final String CONFIG = "/domain/configs/config[@name='server-config']";
    private final Path file;
    private final Document document;

    DomainXml(Path file) throws IOException {
        this.file = file;
        try {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException broken) {
            throw new IOException(file + " cannot be read", broken);
        }
    }

    /** The admin listener on this port of the loopback address. */
    void adminPort(int port) {
        Element listener = (Element) find(CONFIG + "/network-config/network-listeners/network-listener[@name='admin-listener']").item(0);
        listener.setAttribute("port", String.valueOf(port));
        listener.setAttribute("address", "127.0.0.1");
    }

    /**
     * No message broker. Both elements must stand there before the first deployment: Payara would add the second in the middle
     * of it, and wait 200 s for a lock that the deployment holds (seen in 6.2025.9).
     */
    void withoutMessaging() {
        Element service = add(CONFIG, "jms-service", "type", "DISABLED", "default-jms-host", "default_JMS_host");
        service.appendChild(element("jms-host", "name", "default_JMS_host", "host", "localhost"));
        add(CONFIG + "/availability-service", "jms-availability");
    }

    private Element add(String parent, String name, String... attributes) {
        return (Element) find(parent).item(0).appendChild(element(name, attributes));
    }

    private Element element(String name, String... attributes) {
        Element element = document.createElement(name);
        for (int at = 0; at < attributes.length; at += 2) {
            element.setAttribute(attributes[at], attributes[at + 1]);
        }
        return element;
    }

    /** Adds an option; a heap size takes the place of the one that stands there, a leading {@code !} removes those that start so. */
    void jvmOption(String option) {
        Node java = find(CONFIG + "/java-config").item(0);
        String replaced = option.startsWith("!") ? option.substring(1) : option.matches("-Xm[xs].*") ? option.substring(0, 4) : null;
        NodeList present = find(CONFIG + "/java-config/jvm-options");
        for (int at = 0; replaced != null && at < present.getLength(); at++) {
            if (present.item(at).getTextContent().startsWith(replaced)) {
                java.removeChild(present.item(at));
            }
        }
        if (!option.startsWith("!")) {
            Element added = document.createElement("jvm-options");
            added.setTextContent(option);
            java.appendChild(added);
        }
    }

    void write() throws IOException {
        try {
            TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(file.toFile()));
        } catch (TransformerException failed) {
            throw new IOException(file + " cannot be written", failed);
        }
    }

    private NodeList find(String path) {
        try {
            return (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        } catch (XPathExpressionException wrong) {
            throw new IllegalArgumentException(path, wrong);
        }
    }
}
