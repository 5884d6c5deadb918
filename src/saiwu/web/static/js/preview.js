// Shows the photo that was chosen, before it is sent. Fields: <input type="file" data-preview>.
"use strict";
for (const field of document.querySelectorAll("input[type=file][data-preview]")) {
  field.addEventListener("change", () => {
    field.parentElement.querySelector(".sw-preview")?.remove();
    const [file] = field.files;
    if (!file || !file.type.startsWith("image/")) return;
    const reader = new FileReader(); // a data: address, which the policy allows; blob: it does not
    reader.addEventListener("load", () => {
      const picture = document.createElement("img");
      picture.className = "sw-preview";
      picture.alt = "";
      picture.src = reader.result;
      field.after(picture);
    });
    reader.readAsDataURL(file);
  });
}
