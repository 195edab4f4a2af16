package org.sluice.gateway.template;

/** Nodes in a row. */
record Body(Node[] nodes) implements Node {
    @Override
    public void render(Render render) {
        for (Node node : nodes) {
            render.budget.step();
            node.render(render);
        }
    }
}
