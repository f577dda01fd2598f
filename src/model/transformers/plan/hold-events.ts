/**
 * Holds events back until `known` resolves, and then passes them on in their order. The plan of a load is thus reported before the
 * bytes of its files, although the load does not wait for the plan.
 *
 * @param known Never rejects.
 * @returns A function that receives the events.
 */
export function holdEvents(known: Promise<unknown>, forward: (event: unknown) => void): (event: unknown) => void {
  let held: unknown[] | undefined = [];
  void known.then(() => {
    const events = held ?? [];
    held = undefined;
    events.forEach(forward);
  });
  return (event) => {
    if (held) held.push(event);
    else forward(event);
  };
}
