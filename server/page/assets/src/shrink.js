// shrink: a photo is made smaller on the phone before it is sent, which spares the line. A
// form with data-shrink (the longest side, in pixels) sends the small one; where the
// browser cannot, the photo goes as it is and the house makes it smaller.
export function shrink() {
  for (const form of document.querySelectorAll('form[data-shrink]')) {
    const input = form.querySelector('input[type="file"]');
    input?.addEventListener('change', () => replace(input, Number(form.dataset.shrink)));
  }
}

async function replace(input, longest) {
  const file = input.files?.[0];
  if (!file || !window.createImageBitmap || !window.DataTransfer) return;
  try {
    const small = await smaller(file, longest);
    if (!small || small.size >= file.size || input.files[0] !== file) return;
    const carrier = new DataTransfer();
    carrier.items.add(new File([small], 'photo.jpg', { type: 'image/jpeg' }));
    input.files = carrier.files;
  } catch {
    // It is no picture that this browser can open: the house says so better.
  }
}

async function smaller(file, longest) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#fff'; // what is see-through lies on white
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
}
