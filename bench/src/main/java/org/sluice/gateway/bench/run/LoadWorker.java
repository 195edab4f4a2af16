package org.sluice.gateway.bench.run;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.sluice.gateway.bench.load.OpenLoopLoad;
import org.sluice.gateway.bench.load.Tally;

/** The load's process: reads jobs from its input until that ends, writes a tally for each, or the text of what went wrong. */
final class LoadWorker {
    private LoadWorker() { }

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        ObjectOutputStream out = new ObjectOutputStream(System.out);
        out.flush();
        ObjectInputStream in = new ObjectInputStream(System.in);
        try {
            while (true) {
                out.writeObject(result((Job) in.readObject()));
                out.reset();
                out.flush();
            }
        } catch (EOFException parentEnded) {
            // nothing more to do
        }
    }

    private static Object result(Job job) {
        try (OpenLoopLoad load = new OpenLoopLoad(job.target(), job.connections())) {
            Tally tally = job.rate() > 0 ? load.open(job.rate(), job.calls(), job.time()) : load.closed(job.time());
            return tally;
        } catch (IOException | RuntimeException e) {
            return String.valueOf(e);
        }
    }
}
