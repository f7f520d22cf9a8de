/** How far the phone is from a point, as a band. The position is asked once, compared here, and
 * forgotten: neither the phone nor the server keeps it.
 */

const EARTH = 6_371_000;
const BANDS = [
  [100, "0-100"],
  [500, "100-500"],
  [1000, "500-1000"],
] as const;
const LONGEST = 20_000;
// A position that is less sure tells no band, in metres.
const SURE = 300;

/** Return the band in metres; empty where the phone does not say where it is. */
export function bandFrom(place: readonly [number, number]): Promise<string> {
  return new Promise((done) => {
    if (!("geolocation" in navigator)) {
      done("");
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        done(accuracy <= SURE ? band(metres(place, [latitude, longitude])) : ""),
      () => done(""),
      { enableHighAccuracy: true, maximumAge: 60_000, timeout: LONGEST },
    );
  });
}

export function band(distance: number): string {
  return BANDS.find(([most]) => distance <= most)?.[1] ?? "1000+";
}

/** Return the distance on a sphere, which is right to half a per cent. */
function metres(one: readonly [number, number], two: readonly [number, number]): number {
  const [a, b, c, d] = [...one, ...two].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
    number,
  ];
  const half = Math.sin((c - a) / 2) ** 2 + Math.cos(a) * Math.cos(c) * Math.sin((d - b) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(half));
}
