import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Server: a copy of the domain it ships, made narrow by the boot commands in {@code server-config/payara}. */
final class Payara extends Server {
    private static final String DOMAIN = "domain1";

    Payara(Path root, Options options) {
        super(root, options);
    }

    @Override
    String title() {
        return "Payara Server";
    }

    @Override
    void prepare() throws IOException {
        clear(options.instance());
        copy(options.servers().resolve("payara6/glassfish/domains").resolve(DOMAIN), domain());
        for (Path driver : drivers()) {
            copy(driver, domain().resolve("lib").resolve(driver.getFileName()));
        }
        DomainXml xml = new DomainXml(domain().resolve("config/domain.xml"));
        xml.adminPort(adminPort());
        xml.withoutMessaging();
        for (String option : Files.readAllLines(config("jvm.options"))) {
            if (!option.isBlank() && !option.startsWith("#")) {
                xml.jvmOption(option);
            }
        }
        options.jvmOptions().forEach(xml::jvmOption);
        xml.write();
        // A number: remote deployers read the listener's port and do not know variables.
        Files.writeString(preBoot(), Files.readString(config("pre-boot-commands.asadmin")).replace("${ENV=GATEWAY_HTTP_PORT}", String.valueOf(options.port())));
        List<String> postBoot = new ArrayList<>();
        postBoot.add("add-resources " + config(options.isDatabaseEmbedded() ? "resources-h2.xml" : "resources-postgresql.xml"));
        postBoot.addAll(Files.readAllLines(config("post-boot-commands.asadmin")));
        if (options.ear() != null) {
            postBoot.add("deploy --name=gateway " + options.ear());
        }
        Files.write(postBoot(), postBoot);
    }

    @Override
    long start() throws IOException, InterruptedException {
        int status = asadmin("start-domain", "--prebootcommandfile", preBoot().toString(), "--postbootcommandfile", postBoot().toString());
        Path pid = domain().resolve("config/pid");
        if (!Files.exists(pid)) {
            throw new IllegalStateException("Payara did not start (status " + status + "); see " + commandLog() + " and " + log());
        }
        return Long.parseLong(Files.readString(pid).trim());
    }

    @Override
    void stop() throws IOException, InterruptedException {
        asadmin("stop-domain");
    }

    @Override
    List<Integer> ports() {
        return List.of(adminPort());
    }

    private int adminPort() {
        return options.port() <= 45_535 ? options.port() + 20_000 : options.port() - 20_000;
    }

    private int asadmin(String command, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(script("payara6/bin/asadmin").toString(), command));
        words.addAll(List.of("--domaindir", options.instance().resolve("domains").toString()));
        words.addAll(List.of(arguments));
        words.add(DOMAIN);
        return command(words, List.of());
    }

    @Override
    Path log() {
        return domain().resolve("logs/server.log");
    }

    private Path domain() {
        return options.instance().resolve("domains").resolve(DOMAIN);
    }

    private Path preBoot() {
        return options.instance().resolve("pre-boot.asadmin");
    }

    private Path postBoot() {
        return options.instance().resolve("post-boot.asadmin");
    }

    private Path config(String name) {
        return root.resolve("server-config/payara").resolve(name);
    }
}
