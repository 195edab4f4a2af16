import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line. What it leaves out comes from the environment, then from the default.
 *
 * @param action what to do: RUN stays in the foreground, START returns once calls are served
 * @param ear {@code null} starts the server without an application
 * @param dropins configuration files of the server laid over ours (Liberty: configDropins/overrides)
 */
record Options(String server, Action action, String host, int port, Path data, Path instance, Path servers, Path ear,
               Path javaHome, List<String> jvmOptions, List<Path> dropins, int timeoutSeconds, boolean followsParent) {

    enum Action { RUN, START, STOP, KILL, PREPARE }

    static final String USAGE = """
            java Run.java liberty|payara [options]
              (nothing)            start, stay in the foreground, stop on Ctrl-C
              --background         start, return once calls are served
              --stop, --kill       end the instance of that server and port, gracefully or by kill -9
              --prepare            lay out the server directory only
              --port N             HTTP port (GATEWAY_HTTP_PORT, 9080); Payara's admin port is N+20000, above 45535 N-20000
              --host H             address to bind (GATEWAY_HTTP_HOST, 127.0.0.1)
              --data DIR           database and journal (GATEWAY_DATA_DIR, data/)
              --instance DIR       server directory (gateway-ear/target/run/SERVER-PORT)
              --servers DIR        unpacked servers and drivers (gateway-ear/target/servers)
              --ear FILE           application (gateway-ear/target/gateway.ear); --no-ear for none
              --java-home DIR      JDK of the server (the one that runs this)
              --jvm-option X       one more JVM option, repeatable
              --dropin FILE        Liberty configuration laid over ours, repeatable
              --timeout SECONDS    to wait for the first answer (240)
              --follow-parent      stop when the parent process ends""";

    static Options read(Path root, String[] arguments, Map<String, String> environment) {
        if (arguments.length == 0 || !List.of("liberty", "payara").contains(arguments[0])) {
            throw new IllegalArgumentException("which server?\n" + USAGE);
        }
        Path target = root.resolve("gateway-ear/target");
        Action action = Action.RUN;
        String host = environment.getOrDefault("GATEWAY_HTTP_HOST", "127.0.0.1");
        int port = Integer.parseInt(environment.getOrDefault("GATEWAY_HTTP_PORT", "9080"));
        Path data = Path.of(environment.getOrDefault("GATEWAY_DATA_DIR", root.resolve("data").toString()));
        Path instance = null;
        Path servers = target.resolve("servers");
        Path ear = target.resolve("gateway.ear");
        Path javaHome = Path.of(System.getProperty("java.home"));
        List<String> jvmOptions = new ArrayList<>();
        List<Path> dropins = new ArrayList<>();
        int timeoutSeconds = 240;
        boolean followsParent = false;
        for (int at = 1; at < arguments.length; at++) {
            switch (arguments[at]) {
                case "--background" -> action = Action.START;
                case "--stop" -> action = Action.STOP;
                case "--kill" -> action = Action.KILL;
                case "--prepare" -> action = Action.PREPARE;
                case "--no-ear" -> ear = null;
                case "--follow-parent" -> followsParent = true;
                case "--host" -> host = value(arguments, ++at);
                case "--port" -> port = Integer.parseInt(value(arguments, ++at));
                case "--data" -> data = Path.of(value(arguments, ++at));
                case "--instance" -> instance = Path.of(value(arguments, ++at));
                case "--servers" -> servers = Path.of(value(arguments, ++at));
                case "--ear" -> ear = Path.of(value(arguments, ++at));
                case "--java-home" -> javaHome = Path.of(value(arguments, ++at));
                case "--jvm-option" -> jvmOptions.add(value(arguments, ++at));
                case "--dropin" -> dropins.add(Path.of(value(arguments, ++at)).toAbsolutePath());
                case "--timeout" -> timeoutSeconds = Integer.parseInt(value(arguments, ++at));
                default -> throw new IllegalArgumentException("unknown option " + arguments[at] + "\n" + USAGE);
            }
        }
        if (instance == null) {
            instance = target.resolve("run").resolve(arguments[0] + "-" + port);
        }
        return new Options(arguments[0], action, host, port, data.toAbsolutePath().normalize(), instance.toAbsolutePath().normalize(),
                servers.toAbsolutePath(), ear == null ? null : ear.toAbsolutePath(), javaHome, jvmOptions, dropins, timeoutSeconds, followsParent);
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }

    /** Without GATEWAY_DB_URL the database is a file in the data directory. */
    boolean isDatabaseEmbedded() {
        return System.getenv().getOrDefault("GATEWAY_DB_URL", "").isBlank();
    }

    /** Variables the server process gets on top of ours. */
    Map<String, String> environment() {
        return Map.of("JAVA_HOME", javaHome.toString(), "AS_JAVA", javaHome.toString(),
                "GATEWAY_HTTP_HOST", host, "GATEWAY_HTTP_PORT", String.valueOf(port), "GATEWAY_DATA_DIR", data.toString());
    }
}
