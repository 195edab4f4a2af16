package org.sluice.gateway.ingress;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The fast lane beside a door's resource: an asynchronous servlet on exactly its paths, which the container prefers to
 * the JAX-RS application. {@code gateway.door.fast-lane=false} takes it away; the answers stay the same.
 */
public final class FastLane extends HttpServlet {
    private final transient Ingress ingress;
    private final transient Door door;

    private FastLane(Ingress ingress, Door door) {
        this.ingress = ingress;
        this.door = door;
    }

    /** Opens the lane on paths, each with and without a last slash. */
    public static void open(ServletContext context, Ingress ingress, Door door, String name, String... paths) {
        ServletRegistration.Dynamic lane = context.addServlet(name, new FastLane(ingress, door));
        lane.setAsyncSupported(true);
        lane.setLoadOnStartup(1);
        for (String path : paths) {
            lane.addMapping(path, path + "/");
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("POST")) {
            ingress.serve(Asked.of(door), ServletExchange.of(request, response));
        } else {
            ingress.refuseMethod(door, ServletExchange.of(request, response));
        }
    }
}
